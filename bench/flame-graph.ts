/** A profile as V8 writes it (`--cpu-prof`): nodes of a tree, and which of them was running at each sample. */
export type CpuProfile = {
	readonly nodes: readonly ProfileNode[]
	readonly samples: readonly number[]
	readonly timeDeltas: readonly number[]
}
type ProfileNode = {
	readonly id: number
	readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
	readonly children?: readonly number[]
}

type Frame = { readonly name: string; us: number; readonly below: Map<string, Frame> }

/** What runs while the program is loaded, or while nothing does. */
const NOT_A_REQUEST = /^(\(idle\)|link|asyncRunEntryPointWithESMLoader|wrapModuleLoad|compileForInternalLoader)$/

/** Adds the stacks of a profile up, without the loading of the program and the time when it had nothing to do. */
export function foldProfile({ nodes, samples, timeDeltas }: CpuProfile): Frame {
	const root: Frame = { name: 'all', us: 0, below: new Map() }
	const byId = new Map(nodes.map((node) => [node.id, node]))
	const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)))
	const stackOf = (id: number): ProfileNode[] => {
		const stack: ProfileNode[] = []
		for (let at = byId.get(id); at !== undefined; at = byId.get(parents.get(at.id) ?? 0)) stack.unshift(at)
		return stack.slice(1)
	}
	for (const [index, id] of samples.entries()) {
		const stack = stackOf(id)
		if (stack.some(({ callFrame }) => NOT_A_REQUEST.test(callFrame.functionName))) continue
		const us = timeDeltas[index] ?? 0
		root.us += us
		let frame = root
		for (const node of stack) {
			const name = nameOf(node)
			const next: Frame = frame.below.get(name) ?? { name, us: 0, below: new Map() }
			frame.below.set(name, next)
			next.us += us
			frame = next
		}
	}
	return root
}

/** `function (package)`, or our own file. */
function nameOf({ callFrame: { functionName, url } }: ProfileNode): string {
	const name = functionName === '' ? '(anonymous)' : functionName
	const library = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]
	const own = /\/(src\/.*)$/.exec(url)?.[1]
	const place = library ?? own ?? url.replace(/^node:(internal\/)?/, 'node ')
	return place === '' ? name : `${name} (${place})`
}

const WIDTH = 1_200
const ROW = 17
/** Thinner frames tell nothing and make the picture large. */
const SHARE_MIN = 0.003
const CHARACTER_WIDTH = 6.2

/** The stacks as an SVG picture: as wide as the time taken, callers above those they call. */
export function drawFlameGraph(root: Frame, title: string): string {
	const boxes: string[] = []
	let depthMax = 0
	const draw = (frame: Frame, x: number, depth: number) => {
		depthMax = Math.max(depthMax, depth)
		boxes.push(boxOf(frame, { x, depth, share: frame.us / root.us }))
		let at = x
		for (const one of [...frame.below.values()].sort((a, b) => b.us - a.us)) {
			if (one.us / root.us >= SHARE_MIN) draw(one, at, depth + 1)
			at += (one.us / root.us) * WIDTH
		}
	}
	draw(root, 0, 1)
	const height = (depthMax + 2) * ROW
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="10">
<rect width="100%" height="100%" fill="#fff"/><text x="4" y="12" font-size="12">${escape(title)}</text>
${boxes.join('\n')}
</svg>
`
}

function boxOf({ name }: Frame, { x, depth, share }: { x: number; depth: number; share: number }): string {
	const width = share * WIDTH
	const label = name.slice(0, Math.max(0, Math.floor((width - 4) / CHARACTER_WIDTH)))
	const y = depth * ROW
	return (
		`<g><title>${escape(name)}: ${(share * 100).toFixed(1)}%</title>` +
		`<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(width - 0.5, 0.5).toFixed(1)}" height="${ROW - 1}" fill="${colorOf(name)}"/>` +
		(label.length > 2 ? `<text x="${(x + 2).toFixed(1)}" y="${y + 12}">${escape(label)}</text></g>` : '</g>')
	)
}

/** Ours, libraries, Node's own, and what is no JavaScript. */
function colorOf(name: string): string {
	if (name.includes('(src/')) return '#9fd49f'
	if (name.includes('(node ')) return '#f5d491'
	return name.endsWith(')') && !name.startsWith('(') ? '#a9c7ee' : '#e5a7a0'
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
