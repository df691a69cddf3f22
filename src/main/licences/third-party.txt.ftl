<#-- What is shipped and under which licence, to be read: our libraries as Maven knows them, then what else is in the program's folders. -->
Fourier masks is under the Apache License 2.0 (LICENSE). With it come these works of others, under the licences that their
authors declare. Where there is a folder runtime, its folder legal has the texts for Java, and the folder licences those of
the system's libraries that Java is linked with, and of the font.

<#list dependencyMap as entry>
<#assign library = entry.getKey()>
${library.name!library.artifactId} (${library.groupId}:${library.artifactId}:${library.version}<#if library.url??> - ${library.url}</#if>): ${entry.getValue()?join(" or ")}
</#list>
<#include "others.ftl">
<#list others as other>
${other.name} (${other.artefact} - ${other.url}): ${other.licence}
</#list>
