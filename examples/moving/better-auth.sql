-- Each user with a password, one line of JSON each. Users who sign in with a provider alone have no password and are left out.
select row_to_json(person) from (
  select u.email, u.name, u."emailVerified", u."createdAt", a.password
  from "user" u join account a on a."userId" = u.id
  where a."providerId" = 'credential' and a.password is not null
  order by u.id
) person
