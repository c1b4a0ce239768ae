/** An error that ends the command with an exit code of its own. */
export class Ending extends Error {
	readonly exitCode: number

	constructor(exitCode: number, message: string, options?: ErrorOptions) {
		super(message, options)
		this.name = 'Ending'
		this.exitCode = exitCode
	}
}
