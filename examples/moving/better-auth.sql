-- Writes one line of JSON for each user with a password. Leaves out users who sign in only with a provider.
select row_to_json(person) from (
  select u.email, u.name, u."emailVerified", u."createdAt", a.password
  from "user" u join account a on a."userId" = u.id
  where a."providerId" = 'credential' and a.password is not null
  order by u.id
) person
