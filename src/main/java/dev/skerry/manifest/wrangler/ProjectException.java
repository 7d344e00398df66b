package dev.skerry.manifest.wrangler;

/** A project cannot be imported. The message names the file and the cure. */
public final class ProjectException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ProjectException(String message) {
        super(message);
    }
}
