import { Modal } from '../../ui/modal.tsx';
import { NewPasswordForm } from './new-password-form.tsx';

export function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal title="Change password" onClose={onClose} width="max-w-sm">
      <div className="p-4">
        <NewPasswordForm currentPassword={undefined} onChanged={onClose} />
      </div>
    </Modal>
  );
}
