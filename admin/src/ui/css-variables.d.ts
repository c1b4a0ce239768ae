import type {} from 'react'

declare module 'react' {
	interface CSSProperties {
		/** A variable that a stylesheet reads. */
		[name: `--${string}`]: string | undefined
	}
}
