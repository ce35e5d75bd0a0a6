package io.portico.lambda.isolation;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a function's process.
 *
 * @param code what it runs; on AWS {@code /var/task}
 * @param opt its layers, one over the other; on AWS {@code /opt}; null without layers
 * @param temporary where it may write; on AWS {@code /tmp}
 * @param runtime the programs of ours that run functions; on AWS {@code /var/runtime}
 */
public record Folders(Path code, @Nullable Path opt, Path temporary, Path runtime) {

  /** The same folders as a process finds them that is isolated so. */
  public Folders in(Isolation isolation) {
    return new Folders(
        isolation.seen(this, code),
        opt == null ? null : isolation.seen(this, opt),
        isolation.seen(this, temporary),
        isolation.seen(this, runtime));
  }
}
