import { Fragment } from 'react'

/** A word without spaces, as an email is: where there is no room for it, the line ends after one of its signs, not anywhere. */
export const Breaking = ({ children }: { children: string }) => (
	<span>
		{children.split(/(?<=[@._-])/).map((part, index) => (
			<Fragment key={index}>
				{index > 0 && <wbr />}
				{part}
			</Fragment>
		))}
	</span>
)
