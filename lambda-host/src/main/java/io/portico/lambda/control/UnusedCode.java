package io.portico.lambda.control;

import io.portico.gateway.store.Records;
import io.portico.lambda.code.CodeStore;
import io.portico.lambda.code.FolderWatch;
import io.portico.lambda.environment.Environments;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.snapshot.FunctionCatalog;
import io.portico.lambda.snapshot.FunctionSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes code that no function and no layer has any more and that nothing runs from, and watches
 * no folders for it.
 */
final class UnusedCode {
  private static final Logger LOG = LoggerFactory.getLogger(UnusedCode.class);

  /** What many calls leave, one after the other, is looked for once. */
  private static final long SECONDS_BEFORE = 1;

  /** An invocation goes on from its code when its function is gone. */
  private static final long SECONDS_BEFORE_ANOTHER = 5;

  private final Records records;
  private final CodeStore code;
  private final FolderWatch watch;
  private final FunctionCatalog catalog;
  private final Environments environments;
  private final Executor preparation;
  private final AtomicBoolean pending = new AtomicBoolean();

  /**
   * @param preparation runs on the thread that prepares code, so that none is deleted meanwhile
   */
  UnusedCode(
      Records records,
      CodeStore code,
      FolderWatch watch,
      FunctionCatalog catalog,
      Environments environments,
      Executor preparation) {
    this.records = records;
    this.code = code;
    this.watch = watch;
    this.catalog = catalog;
    this.environments = environments;
    this.preparation = preparation;
  }

  /** Digests of all code that functions and layers have. */
  private Set<String> named() {
    return records.read(
        reader -> {
          Set<String> named = new HashSet<>();
          reader
              .all(LambdaRecords.FUNCTION)
              .forEach(located -> VersionFolders.addDigests(located.value().latest(), named));
          reader
              .all(LambdaRecords.VERSION)
              .forEach(located -> VersionFolders.addDigests(located.value(), named));
          reader
              .all(LambdaRecords.LAYER_VERSION)
              .forEach(located -> named.add(located.value().code().sha256()));
          return named;
        });
  }

  /**
   * Deletes what processes before this one have left: at the start, while no call can bring any.
   */
  void deleteAtStart() {
    try {
      code.keepOnly(named());
    } catch (IOException e) {
      LOG.warn("code that no function has cannot be deleted: {}", e.toString());
    }
  }

  private static Set<Path> folders(Collection<FunctionSnapshot> functions) {
    return functions.stream()
        .flatMap(each -> Stream.concat(Stream.of(each.code()), Stream.ofNullable(each.opt())))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Deletes what is unused in a moment. */
  void deleteSoon() {
    deleteIn(SECONDS_BEFORE);
  }

  private void deleteIn(long seconds) {
    if (pending.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS, preparation)
          .execute(this::delete);
    }
  }

  private void delete() {
    pending.set(false);
    try {
      Collection<FunctionSnapshot> ready = catalog.versions();
      Set<Path> ending = folders(environments.running());
      watch.keepOnly(
          ready.stream().flatMap(each -> each.watched().stream()).collect(Collectors.toSet()));
      Set<Path> kept = folders(ready);
      ending.removeAll(kept);
      kept.addAll(ending);
      Set<Path> left = code.deleteUnused(this::named, kept);
      if (!Collections.disjoint(left, ending)) {
        deleteIn(SECONDS_BEFORE_ANOTHER);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("code that no function has cannot be deleted: {}", e.toString());
    }
  }
}
