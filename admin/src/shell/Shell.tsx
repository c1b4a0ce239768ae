import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { answerOf, api } from '../api/client.ts'
import { useLiveConnection, useLiveState } from '../api/live.ts'
import { useTexts } from '../i18n/texts.ts'
import { useMe } from '../session/me.ts'
import { mayAs } from '../session/roles.ts'
import { sessionTexts } from '../session/texts.ts'
import { Breaking } from '../ui/Breaking.tsx'
import { Button, IconButton } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { AccountIcon, CloseIcon, MenuIcon, SearchIcon } from '../ui/icons.tsx'
import { useToasts } from '../ui/toasts.ts'
import { Preferences } from './Preferences.tsx'
import { SECTIONS } from './sections.ts'
import styles from './Shell.module.css'
import { useShortcuts } from '../ui/shortcuts.ts'
import { shellTexts } from './texts.ts'

const CommandPalette = lazy(async () => ({ default: (await import('./CommandPalette.tsx')).CommandPalette }))
const ShortcutsHelp = lazy(async () => ({ default: (await import('./ShortcutsHelp.tsx')).ShortcutsHelp }))

/** What surrounds every screen: the sections, the person, the state of the live connection, the keys that work everywhere. */
export function Shell({ children }: { children: ReactNode }) {
	const t = useTexts(shellTexts)
	const [open, setOpen] = useState<'palette' | 'help'>()
	const [menu, setMenu] = useState(false)
	useLiveConnection()
	useShortcuts([
		{ keys: 'Ctrl+K', label: t.palette, run: () => setOpen('palette') },
		{ keys: '?', label: t.help, run: () => setOpen('help') },
	])
	const main = useFocusOfNewScreen(() => setMenu(false))
	return (
		<div className={styles['shell']}>
			<a className={styles['skip']} href="#content">
				{t.skip}
			</a>
			<header className={styles['bar']}>
				<IconButton
					className={styles['menuButton']}
					label={t.menu}
					aria-expanded={menu}
					aria-controls="sections"
					icon={menu ? <CloseIcon /> : <MenuIcon />}
					onClick={() => setMenu(!menu)}
				/>
				<Brand />
				<Button
					kind="quiet"
					className={styles['search']}
					// All that is seen of it, as whoever speaks to the computer says it.
					aria-label={`${t.palette} Ctrl K`}
					aria-keyshortcuts="Control+K"
					icon={<SearchIcon />}
					onClick={() => setOpen('palette')}
				>
					<span className={styles['wide']}>{t.palette}</span> <kbd className={styles['wide']}>Ctrl K</kbd>
				</Button>
				<LiveSign />
			</header>
			<aside id="sections" aria-label={t.menu} className={classes(styles['side'], menu && styles['open'])}>
				<Sections />
				<Person />
			</aside>
			<main id="content" ref={main} tabIndex={-1} className={styles['main']}>
				{children}
			</main>
			<Suspense>
				{open === 'palette' && <CommandPalette onClose={() => setOpen(undefined)} />}
				{open === 'help' && <ShortcutsHelp onClose={() => setOpen(undefined)} />}
			</Suspense>
		</div>
	)
}

/** Another screen is told to whoever can't see it: focus goes to where it begins. Not at the first one. */
function useFocusOfNewScreen(onChange: () => void) {
	const main = useRef<HTMLElement>(null)
	const path = useRouterState({ select: ({ location }) => location.pathname })
	const shown = useRef(path)
	useEffect(() => {
		if (shown.current === path) return
		shown.current = path
		onChange()
		main.current?.focus({ preventScroll: true })
	}, [path, onChange])
	return main
}

const Brand = () => (
	<Link to="/" className={styles['brand']}>
		<img src="/admin/icon.svg" alt="" width="24" height="24" />
		<span>Prilavok</span>
	</Link>
)

function Sections() {
	const t = useTexts(shellTexts)
	const { role } = useMe()
	return (
		<nav aria-label={t.nav}>
			<ul className={styles['sections']}>
				{SECTIONS.filter((section) => mayAs(role, section.role)).map(({ to, name, Icon }) => (
					<li key={to}>
						<Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }} className={styles['section']}>
							<Icon />
							{t[name]}
						</Link>
					</li>
				))}
			</ul>
		</nav>
	)
}

function Person() {
	const t = useTexts(shellTexts)
	const session = useTexts(sessionTexts)
	const { email, role } = useMe()
	const navigate = useNavigate()
	const queryClient = useQueryClient()
	const { failed } = useToasts()
	const signOut = async () => {
		try {
			await answerOf(api.DELETE('/v1/admin/sessions/current'))
		} catch (error) {
			return failed(error)
		}
		await navigate({ to: '/sign-in' })
		queryClient.clear()
	}
	return (
		<div className={styles['person']}>
			<Link to="/account" className={styles['section']}>
				<AccountIcon />
				<span className={styles['email']}>
					<Breaking>{email}</Breaking>
					<small>{session[role]}</small>
				</span>
			</Link>
			<Preferences />
			<Button kind="quiet" onClick={() => void signOut()}>
				{t.signOut}
			</Button>
		</div>
	)
}

/** Whether what is shown follows the shop. */
function LiveSign() {
	const t = useTexts(shellTexts)
	const open = useLiveState() === 'open'
	return (
		<p role="status" className={classes(styles['live'], open && styles['isLive'])}>
			<span className={styles['wide']}>{open ? t.live : t.offline}</span>
			<span className={classes(styles['narrow'], 'visually-hidden')}>{open ? t.live : t.offline}</span>
		</p>
	)
}
