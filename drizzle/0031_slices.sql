CREATE TABLE "sealed_slice" (
	"site_id" integer NOT NULL,
	"day" date NOT NULL,
	"dimension" smallint NOT NULL,
	"values" integer[],
	"digits" bit varying[] NOT NULL,
	CONSTRAINT "sealed_slice_site_id_dimension_day_pk" PRIMARY KEY("site_id","dimension","day")
);
--> statement-breakpoint
-- Numbers in twos: a bit string a digit, the least first; as many as the largest takes.
CREATE FUNCTION "bit_digits"("numbers" integer[])
RETURNS bit varying[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT coalesce(array_agg((
		SELECT string_agg(CASE (n >> digit) & 1 WHEN 1 THEN '1' ELSE '0' END, '')::bit varying FROM unnest(numbers) n
	) ORDER BY digit), '{}')
	FROM generate_series(0, length(ltrim((SELECT max(n) FROM unnest(numbers) n)::bit(32)::text, '0')) - 1) digit
$$;--> statement-breakpoint
-- Where one of these numbers stands, of all bits that there are. What a number has in common with the one before it isn't looked for again.
CREATE FUNCTION "bits_with"("digits" bit varying[], "numbers" integer[], "whole" bit varying)
RETURNS bit varying LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	many integer := cardinality(digits);
	others bit varying[];
	fits bit varying[];
	found bit varying := ~ whole;
	number integer;
	before integer;
BEGIN
	FOR digit IN 1..many LOOP
		others[digit] := ~ digits[digit];
	END LOOP;
	fits[many + 1] := whole;
	FOREACH number IN ARRAY numbers LOOP
		FOR digit IN REVERSE many..1 LOOP
			CONTINUE WHEN number >> (digit - 1) = before >> (digit - 1);
			fits[digit] := fits[digit + 1] & CASE (number >> (digit - 1)) & 1 WHEN 1 THEN digits[digit] ELSE others[digit] END;
		END LOOP;
		found := found | fits[1];
		before := number;
	END LOOP;
	RETURN found;
END $$;
