package io.portico.gateway.control;

import io.portico.gateway.model.ClientCertificateRecord;
import io.portico.gateway.store.RecordReader;
import org.jspecify.annotations.Nullable;

/** The client certificates that stages show to their backends. */
final class StageCertificates {
  private StageCertificates() {}

  /**
   * The certificate of a stage, or null for none.
   *
   * @param scope account and region
   * @param id null where the stage has none
   */
  static @Nullable ClientCertificateRecord of(
      RecordReader records, String scope, String stageName, @Nullable String id) {
    return id == null
        ? null
        : records
            .find(RecordTypes.CLIENT_CERTIFICATE, scope, id)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "stage " + stageName + " has no client certificate " + id));
  }
}
