/** What /admin answers where the panel is not there. */
export const notBuiltPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Prilavok</title>
<h1>The admin panel is not built</h1>
<p>Run <code>npm ci</code> with the development packages, which builds it, and start the service again; then <code>npm prune --omit=dev</code>
leaves what runs. The service itself works without it.</p>
<h1 lang="ru">Админка не собрана</h1>
<p lang="ru">Выполните <code>npm ci</code> вместе с пакетами для разработки и перезапустите сервис; сам он работает и без неё.</p>
</html>
`
