-- What was said by a location's clock has other instants when the location is given another one.
grant update (during) on schedule_exceptions, closures to petra_app;
