import { Component, type ReactNode } from 'react'

type Held = { readonly element: Element; readonly top: number }

/**
 * Keeps what is under the pointer where it is while news changes the page around it: scrolls by as much as it would have moved. A class,
 * for React tells nobody else of the moment before the page changes.
 */
export class Steady extends Component<{ readonly children: ReactNode }> {
	override getSnapshotBeforeUpdate(): Held | null {
		const element = [...document.querySelectorAll('main :hover')].at(-1)
		return element ? { element, top: element.getBoundingClientRect().top } : null
	}

	override componentDidUpdate(_props: unknown, _state: unknown, held: Held | null): void {
		if (held?.element.isConnected) window.scrollBy(0, held.element.getBoundingClientRect().top - held.top)
	}

	override render(): ReactNode {
		return this.props.children
	}
}
