-- A table of your own, a line of JSON for each row: put your names in.
select row_to_json(person) from (
  select email, password_hash, created_at, verified_at from users order by id
) person
