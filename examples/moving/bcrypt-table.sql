-- Writes one line of JSON for each row of your table. Replace the names of the table and its columns.
select row_to_json(person) from (
  select email, password_hash, created_at, verified_at from users order by id
) person
