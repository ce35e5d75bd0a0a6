package io.portico.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.store.RecordStore;
import org.junit.jupiter.api.Test;

final class MemoryRecordStoreTest extends RecordStoreContract {
  @Override
  RecordStore open() {
    return new MemoryRecordStore();
  }

  @Test
  void saysThatItIsNotDurable() {
    assertThat(store.durable()).isFalse();
  }
}
