/** What the pools of all members share, and what each has at least: two for each kind of write that goes in lanes, and reads. */
const MEMBERS_POOL = 80
const MEMBER_POOL_MIN = 10
const MEMBER_POOL_MAX = 20
/** Beside its pool a process has a connection to listen, one to look for changes of what it keeps in memory, one for live streams. */
const BESIDE_POOL = 3
/** The first process: its pool, what stands beside it, the tasks it leads or stands by for, migrations, and the command line beside it. */
const FIRST_PROCESS = 40

/** Connections in the pool of one of so many members. */
export const poolOfMember = (members: number): number =>
	Math.max(MEMBER_POOL_MIN, Math.min(MEMBER_POOL_MAX, Math.floor(MEMBERS_POOL / members)))

/** Connections that the database must allow for a first process with so many members. */
export const connectionsNeeded = (members: number): number => FIRST_PROCESS + members * (poolOfMember(members) + BESIDE_POOL)
