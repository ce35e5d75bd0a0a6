package io.portico.lambda.code;

import io.portico.lambda.model.CodeRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Folders in place of {@code /opt}: the layers of a function, laid one over the other. Functions
 * with the same layers share one. Used by one thread at a time.
 *
 * <p>AWS: a later layer's files replace those of the same name; source: documented,
 * https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html.
 */
public final class OptFolders {
  private static final String PREFIX = "opt-";

  private final CodeStore store;
  private final Path folder;

  /**
   * @param folder in the same file system as the store's, so that files need not be copied; what is
   *     in it from an earlier process is deleted by {@link CodeStore#keepOnly}
   */
  public OptFolders(CodeStore store, Path folder) {
    this.store = store;
    this.folder = folder;
  }

  /**
   * The folder of some layers; it is made now unless it is there.
   *
   * @param layers the last one goes over all others
   * @return null for no layers
   * @throws IOException if it cannot be made
   */
  public @Nullable Path prepared(List<CodeRecord> layers) throws IOException {
    if (layers.isEmpty()) {
      return null;
    }
    if (layers.size() == 1) {
      return store.prepared(layers.getFirst());
    }
    Path target = folder.resolve(PREFIX + name(layers));
    boolean mayChange = layers.stream().anyMatch(layer -> layer.folder() != null);
    if (mayChange || !Files.isDirectory(target)) {
      Files.createDirectories(folder);
      Path part = Files.createTempDirectory(folder, "part-");
      try {
        for (CodeRecord layer : layers) {
          Trees.layOver(store.prepared(layer), part);
        }
        replace(target, part);
      } finally {
        Trees.delete(part);
      }
    }
    return target;
  }

  /** Whether a file of that name is one of them. */
  static boolean isOne(String name) {
    return name.startsWith(PREFIX);
  }

  /** What runs from the folder before goes on from the new one, as it has the same path. */
  private void replace(Path target, Path part) throws IOException {
    Path old = Files.createTempDirectory(folder, "old-");
    try {
      if (Files.isDirectory(target)) {
        Files.move(target, old.resolve("opt"), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Trees.delete(old);
    }
  }

  private static String name(List<CodeRecord> layers) {
    String all = layers.stream().map(CodeRecord::sha256).collect(Collectors.joining(","));
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
