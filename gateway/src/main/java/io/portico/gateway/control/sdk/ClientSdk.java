package io.portico.gateway.control.sdk;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.sdk.contract.ContractReader;
import io.portico.gateway.model.ApiDefinition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * A generated SDK, as GetSdk answers it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-generate-sdk.html">Generate
 *     an SDK for a REST API</a>
 */
@SuppressWarnings("ArrayRecordComponent")
public record ClientSdk(byte[] zip, String contentType, String contentDisposition) {
  // AWS: source: documented, the examples of the AWS CLI's get-sdk.
  private static final DateTimeFormatter IN_NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm'Z'").withZone(ZoneOffset.UTC);

  /**
   * Generates an SDK.
   *
   * @param deployed what the stage's deployment froze
   * @param invokeUrl where clients call the stage
   * @param parameters of the SDK's type
   * @throws ServiceException if the type is none AWS has, or a parameter is missing or invalid
   */
  public static ClientSdk generate(
      ApiDefinition deployed,
      String stageName,
      String invokeUrl,
      String sdkType,
      Map<String, String> parameters,
      Instant now) {
    SdkType type =
        SdkType.of(sdkType)
            // AWS: the text is assumed.
            .orElseThrow(
                () -> ServiceException.badRequest("Invalid SDK type specified: " + sdkType));
    SdkParameters configured = new SdkParameters(parameters);
    configured.require(type);
    SdkFiles files =
        type.generator().generate(ContractReader.read(deployed, stageName, invokeUrl), configured);
    return new ClientSdk(
        files.zip(now),
        "application/octet-stream",
        "attachment; filename=\"" + type.id() + "_" + IN_NAME.format(now) + ".zip\"");
  }
}
