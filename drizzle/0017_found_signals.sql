-- What was found in recorded visits becomes bits of their flags, as two of the signals had been.
UPDATE "session" s SET "flags" = s."flags"
    | CASE WHEN r."dead_clicks" > 0 THEN 16 ELSE 0 END
    | CASE WHEN r."quick_backs" > 0 THEN 32 ELSE 0 END
    | CASE WHEN r."abandoned_forms" > 0 THEN 64 ELSE 0 END
    | CASE WHEN r."slow_interactions" > 0 THEN 128 ELSE 0 END
FROM "replay" r
WHERE r."site_id" = s."site_id" AND r."session_id" = s."id"
  AND (r."dead_clicks" > 0 OR r."quick_backs" > 0 OR r."abandoned_forms" > 0 OR r."slow_interactions" > 0);
