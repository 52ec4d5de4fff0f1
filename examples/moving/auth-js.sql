-- Writes one line of JSON for each user of Auth.js, with the linked accounts. Replace the names of the tables if your adapter has
-- others: Prisma has "User" and "Account", Drizzle "user" and "account". Leaves out users without an address.
select row_to_json(person) from (
  select u.id::text as id, u.email, u.name, u."emailVerified", (
    select coalesce(json_agg(json_build_object(
      'provider', a.provider, 'subject', a."providerAccountId", 'idToken', a.id_token
    )), '[]'::json)
    from accounts a where a."userId" = u.id
  ) as accounts
  from users u
  where u.email is not null
  order by u.id
) person
