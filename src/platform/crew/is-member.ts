import cluster from 'node:cluster'

/** Whether this process is one that a first process has started to serve HTTP. */
export const isMember = (): boolean => cluster.isWorker
