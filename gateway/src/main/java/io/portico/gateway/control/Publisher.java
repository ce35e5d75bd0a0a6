package io.portico.gateway.control;

import io.portico.gateway.store.RecordWriter;

/**
 * Brings changed stages to the data plane. Called within the write transaction that changes them:
 * compiling happens there, so that what AWS rejects in the call is rejected in the call, and the
 * new snapshot is published after the commit, in commit order.
 */
public interface Publisher {

  /**
   * The stage was created or changed, or points to another deployment.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException if the stage cannot be compiled
   */
  void stageChanged(RecordWriter records, String apiId, String stageName);

  /**
   * The API itself was changed: what of it takes effect without a deployment reaches every stage.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException if a stage cannot be compiled
   */
  void apiChanged(RecordWriter records, String apiId);

  /** The stage is gone. */
  void stageDeleted(RecordWriter records, String apiId, String stageName);

  /** The API is gone with all its stages. */
  void apiDeleted(RecordWriter records, String apiId);
}
