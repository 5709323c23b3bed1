/** All that a child process gets of our variables: where programs are, and what day it is. */
export function childEnv(): NodeJS.ProcessEnv {
  const { PATH, NODE_OPTIONS, TEST_DAYS_BEHIND } = process.env
  return { PATH, NODE_OPTIONS, TEST_DAYS_BEHIND }
}
