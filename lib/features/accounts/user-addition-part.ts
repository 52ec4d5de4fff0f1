import type { CreateUser } from './port.js'

/**
 * The additions of one feature to the creation of a user, on one engine.
 * @typeParam Step the transaction of the engine
 */
export interface UserAdditionPart<Step, Written = void | Promise<void>> {
  /** Writes them. Called after the user is written. */
  write(step: Step, request: CreateUser): Written
  /**
   * Runs as many statements, but writes nothing. Called instead if the address is taken: its time must not reveal that. Absent in
   * storages whose steps take one round trip.
   */
  writeNothing?(step: Step, request: CreateUser): Written
}
