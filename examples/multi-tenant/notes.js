import Database from 'libsql'

/**
 * Opens the notes in the file of fast-auth. Each function takes the organisation, and each statement is limited to it: a note of
 * another organisation does not exist for it.
 * @param {string} file
 */
export function openNotes(file) {
  const database = new Database(file) // a connection of its own
  database.exec('pragma foreign_keys = on')
  database.exec(`create table if not exists notes (
    id integer primary key,
    organization text not null references fast_auth_organizations (id) on delete cascade,
    author text references fast_auth_users (id) on delete set null,
    text text not null
  )`)
  database.exec('create index if not exists notes_organization on notes (organization, id)')
  database.exec('create index if not exists notes_author on notes (author)')
  const add = database.prepare('insert into notes (organization, author, text) values (?, ?, ?)')
  const list = database.prepare('select id, author, text from notes where organization = ? order by id limit 100')
  const remove = database.prepare('delete from notes where organization = ? and id = ?')
  const count = database.prepare('select count(*) as notes from notes where organization = ?')

  return {
    /** @param {string} organization @param {string} author @param {string} text */
    add: (organization, author, text) => Number(add.run(organization, author, text).lastInsertRowid),
    /** @param {string} organization */
    list: organization => list.all(organization),
    /** @param {string} organization @param {number} id */
    remove: (organization, id) => remove.run(organization, id).changes > 0,
    /** @param {string} organization @returns {number} */
    count: organization => Number(Reflect.get(Object(count.get(organization)), 'notes')),
    close: () => database.close(),
  }
}
