package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.StageRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** <b>Export</b>: a deployed API as an OpenAPI document. */
public final class OpenApiExporter {

  private OpenApiExporter() {}

  /**
   * GetExport.
   *
   * @param deployed what the stage's deployment froze
   * @param exportType {@code swagger} or {@code oas30}
   * @param accepts {@code application/json} or {@code application/yaml}; null means JSON
   * @param parameters the operation's {@code parameters}: {@code extensions}
   * @throws ServiceException if type, media type or extension is none AWS has
   */
  @SuppressWarnings("DoNotCallSuggester")
  public static ExportedApi export(
      ApiDefinition deployed,
      StageRecord stage,
      String exportType,
      @Nullable String accepts,
      Map<String, String> parameters) {
    throw new ServiceException("NotImplementedException", 501, "GetExport is not built yet");
  }
}
