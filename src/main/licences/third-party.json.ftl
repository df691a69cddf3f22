<#-- What is shipped and under which licence, as a list in JSON: our libraries as Maven knows them, then what else is in the program's folders. -->
[
<#list dependencyMap as entry>
<#assign library = entry.getKey()>
{"name": "${(library.name!library.artifactId)?json_string}", "artefact": "${library.groupId}:${library.artifactId}", "version": "${library.version}", "url": <#if library.url??>"${library.url?json_string}"<#else>null</#if>, "licences": [<#list entry.getValue() as licence>"${licence?json_string}"<#sep>, </#list>]},
</#list>
<#include "others.ftl">
<#list others as other>
{"name": "${other.name}", "artefact": "${other.artefact}", "version": null, "url": "${other.url}", "licences": ["${other.licence}"]}<#sep>,</#sep>
</#list>
]
