package org.scaleinv.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why the system refused a file, in words: the message of Java's exception is often just the path. */
public final class Reason {
  private Reason() {}

  /** Safe to print. */
  public static String of(IOException failure) {
    String reason = switch (failure) {
      case NoSuchFileException missing -> "no such file or folder";
      case AccessDeniedException denied -> "permission denied";
      case DirectoryNotEmptyException full -> "a folder that is not empty";
      case FileSystemException system -> system.getReason();
      default -> failure.getMessage();
    };
    return Escape.visible(reason == null ? failure.getClass().getSimpleName() : reason);
  }
}
