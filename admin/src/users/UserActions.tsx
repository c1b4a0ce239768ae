import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { useRoleReason } from '../session/me.ts'
import { Button } from '../ui/Button.tsx'
import { DownloadIcon } from '../ui/icons.tsx'
import { useToasts } from '../ui/toasts.ts'
import { BlockUser } from './BlockUser.tsx'
import { EditUser } from './EditUser.tsx'
import { EraseUser } from './EraseUser.tsx'
import { userTexts } from './texts.ts'
import { downloadExport, type User, useUnblock } from './users.ts'

type Doing = 'edit' | 'block' | 'erase'

/** What managers may do with a user; the others see it and are told who may. */
export function UserActions({ user }: { user: User }) {
	const t = useTexts(userTexts)
	const { done, failed } = useToasts()
	const noRight = useRoleReason()('manager')
	const [doing, setDoing] = useState<Doing>()
	const unblock = useUnblock(user.id)
	const exporting = useMutation({ mutationFn: () => downloadExport(user.id) })
	const close = () => setDoing(undefined)
	const underWay = user.orders_under_way > 0 ? t.eraseUnderWay(user.orders_under_way) : undefined
	const allow = () => unblock.mutate(undefined, { onSuccess: () => done(t.unblockDone), onError: failed })
	const save = () => exporting.mutate(undefined, { onSuccess: () => done(t.exportDone), onError: failed })
	return (
		<>
			<Button disabledReason={noRight} onClick={() => setDoing('edit')}>
				{t.edit}
			</Button>
			<Button disabledReason={noRight} busy={exporting.isPending} icon={<DownloadIcon />} onClick={save}>
				{t.export}
			</Button>
			{user.blocked ? (
				<Button disabledReason={noRight} busy={unblock.isPending} onClick={allow}>
					{t.unblock}
				</Button>
			) : (
				<Button disabledReason={noRight} onClick={() => setDoing('block')}>
					{t.block}
				</Button>
			)}
			<Button disabledReason={noRight ?? underWay} onClick={() => setDoing('erase')}>
				{t.erase}
			</Button>
			{doing === 'edit' && <EditUser user={user} onClose={close} />}
			{doing === 'block' && <BlockUser id={user.id} onClose={close} />}
			{doing === 'erase' && <EraseUser user={user} onClose={close} />}
		</>
	)
}
