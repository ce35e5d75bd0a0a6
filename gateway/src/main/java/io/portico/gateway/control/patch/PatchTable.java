package io.portico.gateway.control.patch;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.store.RecordCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one Update operation can change: a row a path, with the {@code op}s it allows, what its
 * value means, and what it does to the record's tree.
 *
 * <p>The changes of a call are made in the order sent, on a copy: where one is refused, nothing has
 * changed. What only holds for the result as a whole is checked by the operation afterwards.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html">Patch
 *     operations</a>
 */
public final class PatchTable {
  private final List<Row> rows;
  private final PatchRefusal refusal;

  private PatchTable(List<Row> rows, PatchRefusal refusal) {
    this.rows = rows;
    this.refusal = refusal;
  }

  public static Builder refusing(PatchRefusal refusal) {
    return new Builder(refusal);
  }

  /**
   * The record with all changes made.
   *
   * @throws ServiceException if a change is refused
   */
  public <T> T changed(T record, Class<T> type, List<PatchOperation> operations) {
    return RecordCodec.record(apply(RecordCodec.tree(record), operations), type);
  }

  /**
   * The record's tree with all changes made.
   *
   * @throws ServiceException if a change is refused
   */
  public ObjectNode apply(ObjectNode record, List<PatchOperation> operations) {
    ObjectNode changed = record.deepCopy();
    for (PatchOperation operation : operations) {
      make(changed, operation);
    }
    return changed;
  }

  private void make(ObjectNode record, PatchOperation operation) {
    List<String> segments = PatchPath.sentSegments(operation.path());
    List<Row> others = new ArrayList<>();
    for (Row row : rows) {
      Map<String, String> names = row.path().match(segments);
      if (names != null && operation.op() != null && row.ops().contains(operation.op())) {
        row.edit().make(new PatchChange(record, operation, names));
        return;
      }
      if (names != null) {
        others.add(row);
      }
    }
    if (others.isEmpty()) {
      throw refusal.unknownPath(operation, this);
    }
    String text = others.getFirst().wrongOpText();
    if (text != null) {
      throw ServiceException.badRequest(text);
    }
    Set<String> allowed = new LinkedHashSet<>();
    others.forEach(row -> allowed.addAll(row.ops()));
    throw refusal.wrongOp(operation, allowed, this);
  }

  /** The paths that allow an {@code op}, in the table's order. */
  public List<String> pathsFor(@Nullable String op) {
    return rows.stream()
        .filter(row -> op != null && row.ops().contains(op))
        .map(row -> row.path().toString())
        .toList();
  }

  /** The rows for people, in the table's order. */
  public List<Line> lines() {
    return rows.stream()
        .map(row -> new Line(row.path().toString(), List.copyOf(row.ops()), row.value()))
        .toList();
  }

  /**
   * A row as documentation has it.
   *
   * @param path with names in braces
   * @param ops what is allowed
   * @param value what the value may be
   */
  public record Line(String path, List<String> ops, String value) {}

  private record Row(
      PatchPath path,
      Set<String> ops,
      String value,
      PatchEdit edit,
      @Nullable String wrongOpText) {}

  /** Collects a table's rows; the first row that matches a path and op is the one. */
  public static final class Builder {
    private final PatchRefusal refusal;
    private final List<Row> rows = new ArrayList<>();

    private Builder(PatchRefusal refusal) {
      this.refusal = refusal;
    }

    /**
     * @param ops what is allowed, separated by blanks, in the order in which a refusal names them
     * @param path with names in braces for what stands for any one segment
     * @param value what the value may be, for people
     */
    public Builder row(String ops, String path, String value, PatchEdit edit) {
      rows.add(new Row(new PatchPath(path), ops(ops), value, edit, null));
      return this;
    }

    /** Like {@link #row}, with a text of its own for an {@code op} that is not allowed. */
    public Builder row(String ops, String path, String value, PatchEdit edit, String wrongOpText) {
      rows.add(new Row(new PatchPath(path), ops(ops), value, edit, wrongOpText));
      return this;
    }

    public PatchTable build() {
      return new PatchTable(List.copyOf(rows), refusal);
    }

    private static Set<String> ops(String names) {
      return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names.split(" "))));
    }
  }
}
