package io.portico.lambda.control;

import io.portico.lambda.code.CodeStore;
import io.portico.lambda.code.OptFolders;
import io.portico.lambda.model.CodeRecord;
import io.portico.lambda.model.LayerUse;
import io.portico.lambda.model.VersionRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a function runs from.
 *
 * @param code its own code
 * @param opt its layers; null without any
 * @param watched those that are the user's
 */
record VersionFolders(Path code, @Nullable Path opt, List<Path> watched) {

  /**
   * Makes them ready.
   *
   * @throws IOException if that fails, or one of the user's is not there
   */
  static VersionFolders prepared(CodeStore store, OptFolders opts, VersionRecord version)
      throws IOException {
    List<CodeRecord> layers = layers(version);
    Path opt = opts.prepared(layers);
    List<Path> watched = new ArrayList<>();
    for (CodeRecord each : Stream.concat(Stream.of(version.code()), layers.stream()).toList()) {
      String own = each.folder();
      if (own != null) {
        watched.add(Path.of(own).toAbsolutePath());
      }
    }
    return new VersionFolders(
        store.prepared(version.code()).toAbsolutePath(),
        opt == null ? null : opt.toAbsolutePath(),
        List.copyOf(watched));
  }

  /** Adds the digests of all code that a version has. */
  static void addDigests(VersionRecord version, Set<String> digests) {
    digests.add(version.code().sha256());
    layers(version).forEach(layer -> digests.add(layer.sha256()));
  }

  private static List<CodeRecord> layers(VersionRecord version) {
    return version.configuration().layers().stream().map(LayerUse::code).toList();
  }

  /** Whether a layer has programs that AWS would run beside the function. */
  boolean haveExtensions() {
    return opt != null && Files.isDirectory(opt.resolve("extensions"));
  }
}
