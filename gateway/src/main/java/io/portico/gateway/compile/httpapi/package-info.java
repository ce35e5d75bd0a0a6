/**
 * Records of HTTP APIs to snapshots: a deployment's frozen API with the settings of a stage. Knows
 * neither how records are stored nor who calls.
 */
@NullMarked
package io.portico.gateway.compile.httpapi;

import org.jspecify.annotations.NullMarked;
