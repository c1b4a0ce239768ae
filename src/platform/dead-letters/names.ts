/** Ends the name of a topic's topic of dead letters, where what can't be applied is sent with its reason. */
export const DEAD_LETTER_SUFFIX = '.dlq'

/** Stands on a message that is sent again: the id of the letter that it was. Where it comes to nothing once more, the two are one story. */
export const REPLAY_HEADER = 'x-replay-of'
