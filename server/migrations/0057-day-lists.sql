-- Of which local days a location's staff have had their list: it is made once, however many workers wake up for it.
create table day_lists (
  location_id uuid not null references locations (id),
  day date not null,
  primary key (location_id, day)
);

grant select, insert, delete on day_lists to petra_app;
