@echo off
rem Starts the program gss. Environment:
rem   JAVA_HOME   the Java to use, 17 or newer; default: the java on the PATH
rem   JAVA_OPTS   options for that Java, for example -Xmx8g
rem   GSS_DEVICE  cpu (default): the CPU natives of PyTorch that lie in lib\cpu, nothing is downloaded.
rem               gpu: those are left off the class path, as they would win over CUDA's. DJL then takes
rem               the PyTorch that PYTORCH_LIBRARY_PATH, PYTORCH_VERSION (2.7.1) and PYTORCH_FLAVOR
rem               (cu128) name, or downloads the natives that fit the machine, once, to DJL_CACHE_DIR.
rem GOMP_SPINCOUNT, which bin/gss sets, is left out: PyTorch for Windows has another OpenMP, which does
rem not read it. Where other programs take processors, the option --threads helps.
setlocal

set "GSS_HOME=%~dp0.."
if not defined GSS_DEVICE set "GSS_DEVICE=cpu"
if /i "%GSS_DEVICE%"=="cpu" goto cpu
if /i "%GSS_DEVICE%"=="gpu" goto gpu
echo gss: GSS_DEVICE: expected cpu or gpu, got %GSS_DEVICE% 1>&2
exit /b 2

:cpu
set "GSS_CLASSPATH=%GSS_HOME%\lib\*;%GSS_HOME%\lib\cpu\*"
set "GSS_OPTS=-Dai.djl.offline=true"
goto java

:gpu
set "GSS_CLASSPATH=%GSS_HOME%\lib\*"
set "GSS_OPTS="

:java
if not defined JAVA_HOME goto path
set "GSS_JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%GSS_JAVA%" goto run
echo gss: JAVA_HOME: expected the folder of a Java, found no bin\java.exe in %JAVA_HOME% 1>&2
exit /b 2

:path
set "GSS_JAVA=java.exe"
where /q java.exe
if not errorlevel 1 goto run
echo gss: found no java on the PATH: install Java 17 or newer, or set JAVA_HOME 1>&2
exit /b 2

:run
"%GSS_JAVA%" --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true "-Dgss.home=%GSS_HOME%" %JAVA_OPTS% %GSS_OPTS% -cp "%GSS_CLASSPATH%" io.github.gssloss.program.cli.Gss %*
exit /b %errorlevel%
