-- When the chip was implanted: the EU counts a rabies vaccination from then on only.
alter table pets
  add microchipped_on date,
  add constraint dies_after_it_is_born check (deceased_on >= birth_date);

-- ISO 11784: three digits of country (001 to 899) or manufacturer (900 to 998), then a national id of at most 38 bits.
create domain microchip as text constraint microchip_is_iso_11784 check (
  case when value ~ '^\d{15}$'
    then left(value, 3)::integer between 1 and 998 and right(value, 12)::bigint <= 274877906943
    else value is null end);

alter table pets alter microchip type microchip;
