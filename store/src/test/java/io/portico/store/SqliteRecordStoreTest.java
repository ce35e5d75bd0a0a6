package io.portico.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.store.RecordKey;
import io.portico.gateway.store.RecordStore;
import io.portico.gateway.store.StoreException;
import io.portico.gateway.store.StoredRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRecordStoreTest extends RecordStoreContract {
  @TempDir Path temporary = Path.of("");

  @Override
  RecordStore open() {
    return SqliteRecordStore.open(directory());
  }

  /** With everything in its name that means something in a URI or to the driver. */
  private Path directory() {
    return temporary.resolve("a").resolve("data ü?cache=shared#1%20");
  }

  private Path database() {
    return directory().resolve("portico.db");
  }

  @Test
  void findsEverythingAfterARestart() {
    put("api", "acc", "a", "one");
    store.close();
    store = open();

    assertThat(store.durable()).isTrue();
    assertThat(get("api", "acc", "a")).isEqualTo("one");
  }

  @Test
  void syncsTheLogAtEveryCommit() throws SQLException {
    try (SqliteConnection connection = SqliteConnection.open(database(), false)) {
      assertThat(connection.pragma("synchronous")).isEqualTo(2);
      assertThat(connection.pragmaText("journal_mode")).isEqualTo("wal");
    }
  }

  @Test
  void theDirectoryIsItsOwnersAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
        .isEqualTo("rwx------");
  }

  @Test
  void theDatabaseIsItsOwnersAloneWhereOthersMayEnterTheDirectory() throws IOException {
    store.close();
    deleteDatabase();
    Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxr-xr-x"));

    store = open();
    put("api", "acc", "a", "one");

    try (Stream<Path> files = Files.list(directory())) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("portico.db")))
          .hasSizeGreaterThan(1)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .as(file.toString())
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void aSecondStoreOnTheDirectoryIsRefusedAndTheFirstKeepsIt() {
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageMatching(
              "the data directory \\S.* is in use by another Portico server \\(this process\\)");
    }
    put("api", "acc", "a", "still works");
  }

  @Test
  void closingLetsTheNextOneIn() {
    store.close();
    store = open();

    put("api", "acc", "a", "x");
    assertThat(get("api", "acc", "a")).isEqualTo("x");
  }

  @Test
  void aNewerSchemaIsRefusedInOneLineAndLeftAsItIs() throws Exception {
    put("api", "acc", "a", "one");
    store.close();
    sql("PRAGMA user_version=99");
    byte[] before = Files.readAllBytes(database());

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(
            "portico.db has schema version 99, this Portico knows up to "
                + Schema.CURRENT.version()
                + ": start the newer Portico that wrote it");

    assertThat(Files.readAllBytes(database())).isEqualTo(before);
  }

  @Test
  void anOlderSchemaIsMigratedStepByStep() throws Exception {
    put("api", "acc", "a", "one");
    store.close();
    List<String> first =
        List.of("ALTER TABLE record ADD COLUMN note TEXT", "UPDATE record SET note='first'");
    List<String> second = List.of("UPDATE record SET note=note||' second'");

    store = SqliteRecordStore.open(directory(), following(List.of(first, second)));

    assertThat(get("api", "acc", "a")).isEqualTo("one");
    store.close();
    assertThat(sql("SELECT note FROM record")).isEqualTo("first second");
    assertThat(sql("PRAGMA user_version")).isEqualTo(String.valueOf(Schema.CURRENT.version() + 2));
  }

  @Test
  void aMigrationThatFailsLeavesTheOlderSchemaWhole() throws Exception {
    put("api", "acc", "a", "one");
    store.close();
    List<String> broken = List.of("DELETE FROM record", "UPDATE no_such_table SET x=1");

    assertThatThrownBy(() -> SqliteRecordStore.open(directory(), following(List.of(broken))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no_such_table");

    store = open();
    assertThat(get("api", "acc", "a")).isEqualTo("one");
  }

  @Test
  void anEmptyDatabaseFileIsADatabaseOfVersionNought() throws Exception {
    store.close();
    deleteDatabase();
    Files.createFile(database());

    store = open();

    put("api", "acc", "a", "one");
    assertThat(get("api", "acc", "a")).isEqualTo("one");
  }

  @Test
  void anotherProgramsDatabaseIsRefused() throws Exception {
    store.close();
    deleteDatabase();
    sql("CREATE TABLE holiday (name TEXT)");
    byte[] before = Files.readAllBytes(database());

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith("is a database, but not one of Portico's");

    assertThat(Files.readAllBytes(database())).isEqualTo(before);
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndNotOverwritten() throws Exception {
    store.close();
    for (String garbage :
        List.of("x", "SQLite format 3", "not a database at all, but long ".repeat(500))) {
      deleteDatabase();
      Files.writeString(database(), garbage);

      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageMatching(
              "\\S.*portico.db is damaged or no SQLite database; it was left as it is");

      assertThat(Files.readString(database())).isEqualTo(garbage);
    }
  }

  @Test
  void aDamagedDatabaseIsRefusedAndNotOverwritten() throws Exception {
    for (int i = 0; i < 200; i++) {
      put("api", "acc", "a" + i, "content ".repeat(300));
    }
    store.close();
    byte[] damaged = Files.readAllBytes(database());
    for (int i = 4096; i < damaged.length; i += 4096) {
      damaged[i] ^= 0x5a;
      damaged[i + 3] ^= 0x77;
    }
    Files.write(database(), damaged);

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .message()
        .hasLineCount(1)
        .contains("damaged");

    assertThat(Files.readAllBytes(database())).isEqualTo(damaged);
  }

  @Test
  void aLogCutAnywhereHoldsWholeTransactionsOnly() throws Exception {
    for (int i = 0; i < 40; i++) {
      String value = "v" + (100 + i) + "-".repeat(i * 150);
      write(
          change -> {
            change.put(new RecordKey("left", "acc", value.substring(0, 4)), content(value));
            change.put(new RecordKey("right", "acc", value.substring(0, 4)), content(value));
          });
    }
    byte[] log = Files.readAllBytes(directory().resolve("portico.db-wal"));
    byte[] main = Files.readAllBytes(database());
    long seed = System.nanoTime();
    Random random = new Random(seed);

    int most = 0;
    for (int cut = 0; cut < 25; cut++) {
      Path torn = Files.createDirectories(temporary.resolve("torn" + cut));
      Files.write(torn.resolve("portico.db"), main);
      int length = random.nextInt(log.length + 1);
      byte[] rest = Arrays.copyOf(log, length);
      if (cut % 2 == 0 && length > 0) {
        rest[random.nextInt(length)] ^= 1;
      }
      Files.write(torn.resolve("portico.db-wal"), rest);
      try (RecordStore recovered = SqliteRecordStore.open(torn)) {
        List<StoredRecord> left = recovered.read(view -> view.all("left"));
        List<StoredRecord> right = recovered.read(view -> view.all("right"));
        assertThat(left).as("seed %d, cut %d", seed, cut).hasSameSizeAs(right);
        most = Math.max(most, left.size());
      }
    }
    assertThat(most).as("seed %d", seed).isPositive();
  }

  @Test
  void aFullDiskIsAStoreExceptionAndChangesNothing() throws Exception {
    assertThat(LimitedFileSize.run(temporary.resolve("limited")))
        .containsExactly(
            "failed: StoreException",
            "half of the failed write: false",
            "everything acknowledged: true",
            "a small write afterwards: true");
  }

  @Test
  void aStoreThatCannotBeCreatedSaysWhy() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "x");

    assertThatThrownBy(() -> SqliteRecordStore.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "the data directory " + file + " cannot be created: " + file + " is not a directory");
    assertThatThrownBy(() -> SqliteRecordStore.open(file.resolve("below")))
        .isInstanceOf(StoreException.class)
        .message()
        .hasLineCount(1)
        .contains("cannot be created");
  }

  @Test
  void survivesAnInterruptedCaller() {
    Thread.currentThread().interrupt();
    put("api", "acc", "a", "one");
    assertThat(get("api", "acc", "a")).isEqualTo("one");
    assertThat(Thread.interrupted()).isTrue();

    put("api", "acc", "b", "two");
    assertThat(get("api", "acc", "b")).isEqualTo("two");
  }

  private static Schema following(List<List<String>> steps) {
    List<List<String>> all = new ArrayList<>(Schema.CURRENT.steps());
    all.addAll(steps);
    return new Schema(all);
  }

  private void deleteDatabase() throws IOException {
    for (String name : List.of("portico.db", "portico.db-wal", "portico.db-shm")) {
      Files.deleteIfExists(directory().resolve(name));
    }
  }

  /** Runs a statement past the store; its first value, if it has one. */
  private String sql(String statement) throws SQLException, IOException {
    Path plain = temporary.resolve("plain.db");
    Files.deleteIfExists(plain);
    if (Files.exists(database())) {
      Files.copy(database(), plain);
    }
    String value = "";
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + plain);
        Statement sql = connection.createStatement()) {
      if (sql.execute(statement)) {
        try (ResultSet rows = sql.getResultSet()) {
          value = rows.next() ? rows.getString(1) : "";
        }
      }
    }
    Files.move(plain, database(), StandardCopyOption.REPLACE_EXISTING);
    return value;
  }
}
