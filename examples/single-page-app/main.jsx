import { createAuthClient } from 'fast-auth/client'
import { AuthProvider, SignedIn, SignedOut } from 'fast-auth/react'
import { createRoot } from 'react-dom/client'
import { Account } from './account.jsx'
import { SignInForm } from './sign-in-form.jsx'

const client = createAuthClient()

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <AuthProvider client={client}>
    <SignedOut>
      <SignInForm />
    </SignedOut>
    <SignedIn>
      <Account />
    </SignedIn>
  </AuthProvider>,
)
