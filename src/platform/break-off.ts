import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/**
 * Breaks a connection by a reset, after which the kernel does not go on sending what was not taken. One that is being ended is closed
 * instead, for it has been taken or is lost: reset at that moment, Node (24.21) never closes it, tells of no end, and goes round without one
 * when the process is to exit.
 */
export function breakOff(socket: Socket): void {
	if (socket instanceof TLSSocket || socket.destroyed || socket.writableEnded) socket.destroy()
	else socket.resetAndDestroy()
}
