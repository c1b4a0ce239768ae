import { type Locale, setLocale, useLocale } from '../i18n/locale.ts'
import { useTexts } from '../i18n/texts.ts'
import { Select } from '../ui/Field.tsx'
import styles from './Preferences.module.css'
import { shellTexts } from './texts.ts'
import { setTheme, type Theme, useTheme } from './theme.ts'

/** A language is written in itself, so that whoever can't read the current one finds theirs. */
const LANGUAGES: readonly { value: Locale; label: string }[] = [
	{ value: 'ru', label: 'Русский' },
	{ value: 'en', label: 'English' },
]

export function LanguageSwitch() {
	const t = useTexts(shellTexts)
	return <Select<Locale> label={t.language} choices={LANGUAGES} value={useLocale()} onChoose={setLocale} />
}

export function Preferences() {
	const t = useTexts(shellTexts)
	const themes: readonly { value: Theme; label: string }[] = [
		{ value: 'system', label: t.themeSystem },
		{ value: 'light', label: t.themeLight },
		{ value: 'dark', label: t.themeDark },
	]
	return (
		<div className={styles['preferences']}>
			<LanguageSwitch />
			<Select<Theme> label={t.theme} choices={themes} value={useTheme()} onChoose={setTheme} />
		</div>
	)
}
