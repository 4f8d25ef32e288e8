/**
 * What `plaza status -o env` says of a running Plaza, by the name in its report. Whoever exports it has
 * it in the environment of the next command: it sets nothing and is no fault there.
 */
export const statusVariables = {
  PLAZA_URL: 'url',
  PLAZA_API: 'api',
  PLAZA_DATA: 'data',
  PLAZA_PID: 'pid',
  PLAZA_VERSION: 'version',
  PLAZA_STATUS: 'status',
  PLAZA_IS_RUNNING: 'is_running',
} as const;
