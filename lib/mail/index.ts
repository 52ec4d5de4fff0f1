export type { EmailMessage, EmailSender } from './email-sender.js'
export { type ConsoleSenderOptions, consoleSender } from './senders/console-sender.js'
export { type DirectorySenderOptions, directorySender } from './senders/directory-sender.js'
export { type MemorySender, memorySender } from './senders/memory-sender.js'
export { type SmtpSenderOptions, smtpSender } from './senders/smtp-sender.js'
export type {
  CodeMessageInput,
  EmailContent,
  InvitationMessageInput,
  LinkMessageInput,
  MessageInput,
  MessageOwner,
  MessageTemplates,
  NoticeMessageInput,
} from './templates/message-template.js'
