package io.portico.gateway.execute.telemetry;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Not all of a batch was written: some of it never will be, some may be later. */
public final class PartlyWrittenException extends IOException {
  private final int refused;
  private final BitSet left;

  /**
   * @param refused how many items are lost
   * @param left the places in the batch of those that may be written later; all others are written
   */
  public PartlyWrittenException(
      String message, @Nullable Throwable cause, int refused, BitSet left) {
    super(message, cause);
    this.refused = refused;
    this.left = (BitSet) left.clone();
  }

  /** How many items are lost. */
  public int refused() {
    return refused;
  }

  /** Those of the batch that may be written later. */
  public <T> List<T> left(List<T> batch) {
    return left.stream().mapToObj(batch::get).toList();
  }
}
