-- Writes one line of JSON for each user of better-auth, with the password and the linked accounts.
select row_to_json(person) from (
  select u.id::text as id, u.email, u.name, u."emailVerified", u."createdAt", (
    select a.password from account a where a."userId" = u.id and a."providerId" = 'credential'
  ) as password, (
    select coalesce(json_agg(json_build_object(
      'provider', a."providerId", 'subject', a."accountId", 'idToken', a."idToken", 'createdAt', a."createdAt"
    )), '[]'::json)
    from account a where a."userId" = u.id and a."providerId" <> 'credential'
  ) as accounts
  from "user" u
  order by u.id
) person
