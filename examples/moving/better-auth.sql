-- Everybody who has a password, a line of JSON each. Whoever signs in by a provider alone has none, and is left out.
select row_to_json(person) from (
  select u.email, u.name, u."emailVerified", u."createdAt", a.password
  from "user" u join account a on a."userId" = u.id
  where a."providerId" = 'credential' and a.password is not null
  order by u.id
) person
