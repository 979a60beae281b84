/** The only reader of the environment in .ci/. */

/** The environment we were started with. */
export const environment: Readonly<NodeJS.ProcessEnv> = Object.freeze({ ...process.env });
