-- Two collectors may need the same month at the same moment: one waits for the other, instead of failing and trying again.
CREATE OR REPLACE FUNCTION "make_event_partitions"("first" timestamptz, "last" timestamptz) RETURNS void LANGUAGE plpgsql AS $$
declare
  month timestamp := date_trunc('month', "first" at time zone 'UTC');
begin
  perform pg_advisory_xact_lock(hashtext('make_event_partitions'));
  while month <= "last" at time zone 'UTC' loop
    if to_regclass(format('%I', 'event_' || to_char(month, 'YYYYMM'))) is null then
      execute format(
        'create table if not exists %I partition of event for values from (%L) to (%L)',
        'event_' || to_char(month, 'YYYYMM'), to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00',
        to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
    end if;
    month := month + interval '1 month';
  end loop;
end $$;
