-- The staff's list costs the same however many orders there are: whatever it is filtered and sorted by, one of these is walked
-- from where the page begins, or holds the few that fit. Both hold number and total, so what fits is told without the rows.
drop index orders_by_status;
drop index orders_by_total;
create index orders_by_status on orders (status, number, total);
create index orders_by_status_total on orders (status, total, number);
