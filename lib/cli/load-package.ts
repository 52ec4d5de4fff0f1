/**
 * Loads a package that only the command line needs and that is therefore not installed with fast-auth.
 * @throws {Error} The package is not installed; the message has the command that installs it.
 */
export async function loadPackage<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    throw new Error(`The package ${name} is needed for this. Install it: npm install ${name}`, { cause })
  }
}
