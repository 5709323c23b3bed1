-- The seal of the log. A checkpoint is a signed note (C2SP tlog-checkpoint) over the Merkle tree of all events so far; its entries name
-- what it adds: 49 bytes an event, which are the first letter of its kind, its id, and its leaf.
create table checkpoints (
  number bigint primary key,
  size bigint not null,
  note text not null,
  last_xid xid8 not null,
  last_id uuid not null,
  sealed_at timestamptz not null default clock_now()
);

create index checkpoints_in_commit_order on checkpoints (last_xid, last_id);

create table checkpoint_entries (
  number bigint primary key references checkpoints (number),
  first_leaf bigint not null,
  entries bytea not null
);

create index checkpoint_entries_by_leaf on checkpoint_entries (first_leaf);

-- The complete subtrees of 256 leaves and more, so that a proof reads a few rows; what proves is the root they lead to.
create table tree_nodes (
  level smallint not null,
  position bigint not null,
  hash bytea not null,
  primary key (level, position)
);

-- Where a checkpoint has been published.
create table checkpoint_anchors (
  number bigint not null references checkpoints (number),
  place text not null,
  anchored_at timestamptz not null default clock_now(),
  primary key (place, number)
);

create index checkpoint_anchors_by_number on checkpoint_anchors (number);

grant select, insert on checkpoints, checkpoint_entries, tree_nodes, checkpoint_anchors to petra_app;
