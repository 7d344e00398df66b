package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.ProviderException;

/** A piece of a provider's work; what it throws becomes the DOMException that the specification asks for, without the reason: it could help to guess. */
interface Work<T> {
    T run() throws GeneralSecurityException;

    static ByteBuffer bytes(String what, Work<byte[]> work) {
        return ByteBuffer.wrap(run(what, work));
    }

    /** A failure is an OperationError. */
    static <T> T run(String what, Work<T> work) {
        try {
            return work.run();
        } catch (GeneralSecurityException | ProviderException e) {
            throw new GuestError(
                    "OperationError",
                    what + ": the operation failed: wrong key or parameters, or data that was changed or is too long.");
        }
    }

    /** Work on an encoded key: a failure is a DataError. */
    static <T> T data(String format, Work<T> work) {
        try {
            return work.run();
        } catch (GeneralSecurityException | ProviderException e) {
            throw new GuestError("DataError", "The data is no key of this algorithm in the format '" + format + "'.");
        }
    }
}
