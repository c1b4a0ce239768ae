import type { ReactNode } from 'react'

/** An icon of 16 × 16, drawn in the colour of its text; hidden from screen readers, which are told the control's name. */
const icon = (path: ReactNode) =>
	function Icon() {
		return (
			<svg
				width="16"
				height="16"
				viewBox="0 0 16 16"
				fill="none"
				stroke="currentColor"
				strokeWidth="1.6"
				strokeLinecap="round"
				strokeLinejoin="round"
				aria-hidden="true"
			>
				{path}
			</svg>
		)
	}

export const SearchIcon = icon(<path d="M11 11l3.5 3.5M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10z" />)
export const CloseIcon = icon(<path d="M3.5 3.5l9 9m0-9l-9 9" />)
export const MenuIcon = icon(<path d="M2 4h12M2 8h12M2 12h12" />)
export const CheckIcon = icon(<path d="M3 8.5l3.5 3.5L13 4.5" />)
export const CopyIcon = icon(
	<path d="M6 5.5V3a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2.5M3 6h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1z" />,
)
export const DownloadIcon = icon(<path d="M8 2v8m-3.5-3L8 10.5 11.5 7M2.5 13.5h11" />)
export const PlusIcon = icon(<path d="M8 3v10M3 8h10" />)
export const ChevronIcon = icon(<path d="M4 6l4 4 4-4" />)
export const BackIcon = icon(<path d="M10 3L5 8l5 5" />)
export const PrintIcon = icon(
	<path d="M4.5 6V2h7v4M4.5 11.5H3a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v3.5a1 1 0 0 1-1 1h-1.5M4.5 9.5h7V14h-7z" />,
)
export const TodayIcon = icon(<path d="M2.5 13.5v-4m4 4v-8m4 8V8m3.5 5.5V3" />)
export const OrdersIcon = icon(<path d="M4 2h8l1 3v8.5a.5.5 0 0 1-.5.5h-9a.5.5 0 0 1-.5-.5V5zM3 5h10M6 8a2 2 0 0 0 4 0" />)
export const UsersIcon = icon(
	<path d="M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zm-4.5 6c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M11 3.2a2.4 2.4 0 0 1 0 4.6M12 10.3c1.6.5 2.6 1.800 2.600 3.700" />,
)
export const ProductsIcon = icon(<path d="M8 1.500l6 3v7l-6 3-6-3v-7zM2 4.500l6 3 6-3M8 7.500v7" />)
export const ReportsIcon = icon(
	<path d="M4 1.500h5.500L13 5v9a.5.5 0 0 1-.5.5h-8.500a.5.5 0 0 1-.5-.5V2a.5.5 0 0 1 .5-.5zM9.500 1.500V5H13M6 8.500h4M6 11.500h4" />,
)
export const LettersIcon = icon(<path d="M1.500 3.500h13v9h-13zM1.500 4l6.500 5 6.500-5" />)
export const AuditIcon = icon(<path d="M8 4v4l2.500 1.500M14 8A6 6 0 1 1 8 2c2 0 3.700.900 4.800 2.300M13.500 1.500v3h-3" />)
export const StaffIcon = icon(
	<path d="M8 1.500l5.500 2v4c0 3.500-2.300 6-5.500 7-3.200-1-5.500-3.500-5.500-7v-4zM5.500 8l2 2 3-3.500" />,
)
export const KeyIcon = icon(
	<path d="M10 9.500a3.500 3.500 0 1 0-3.300-2.200L2 12v2h2.500v-1.500H6V11h1.300l1-1c.500.200 1.100.500 1.700.500zM11 5h.01" />,
)
export const AccountIcon = icon(
	<path d="M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm-5.500 6c.4-2.700 2.500-4 5.500-4s5.100 1.300 5.500 4" />,
)
