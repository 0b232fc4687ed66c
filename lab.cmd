@echo off
rem The launcher of netlabs on Windows: lab help. The twin of the sh script beside it; it builds what is missing.
rem Batch cannot tell which of two files is newer: after a change to the sources, run mvn -DskipTests package.
setlocal EnableExtensions DisableDelayedExpansion

rem The arguments stay in one piece: %%1 ends at = , and ; too, and shift does not shorten %%*. No quotes of ours are
rem around them, so that the user's protect what they should. SET takes a help switch among them for itself: its help
rem goes to nul, the variable stays empty, and that leads to our help.
set "arguments="
>nul set arguments=%*
call :find_root
for %%j in (java.exe) do set "java=%%~$PATH:j"
if defined JAVA_HOME set "java=%JAVA_HOME:"=%\bin\java.exe"

rem From here on !name!: what it gives is not parsed again, so paths and arguments may have " %% ! ^ & ( ) in them.
setlocal EnableDelayedExpansion
set "root=!root:~0,-1!"
rem The labs there are, in teaching order.
set "labs="
for /f "usebackq tokens=1* delims=<- " %%a in ("!root!\pom.xml") do (
  if "%%a"=="module>lab" for /f "delims=<" %%l in ("%%b") do set "labs=!labs!%%l "
)

set "status=1"
if not defined arguments goto usage
set "lab="
for /f "tokens=1" %%w in ("!arguments!") do set "word=%%w" & set "lab=%%~w"
for %%h in (help -h --help) do if "!lab!"=="%%h" goto usage
set "message=completion is for bash and zsh, and comes from the sh script lab"
if "!lab!"=="completion" goto fail
set "module="
for %%g in (demo compare) do if "!lab!"=="%%g" set "module=grader"
if "!lab!"=="bench" set "module=bench"
if "!lab!"=="capture" set "module=capture"
for %%l in (!labs!) do if "!lab!"=="%%l" set "module=lab-%%l"
if not defined module (
  set "status=2"
  set "message=unknown lab '!lab!': one of !labs!(see lab help)"
  goto fail
)

rem The word is a known one by now: nothing in it can break this line.
set "rest=!arguments:*%word%=!"
set "options="
rem What ends soon gains nothing from the second compiler, which only competes with it for the processor.
if not "!module!"=="grader" if not "!module!"=="bench" set "options=-XX:TieredStopAtLevel=1"
for /f "tokens=1" %%s in ("!rest!") do if "%%~s"=="server" set "options="
rem SHA-256 by the processor's own instructions is the second compiler's: ten times as fast.
if "!lab!"=="file-transfer" set "options="
rem A capture may be large.
if "!lab!"=="capture" set "options="
rem The dot, because a backslash at the end would take away the meaning of the quote behind it.
if "!lab!"=="demo" set "rest=demo --home "!root!\."!rest!"
if "!lab!"=="compare" set "rest=compare!rest!"
rem A suite, the first word behind bench, needs the labs and the project's folder; without one it is a matter of help.
set "suite="
if "!lab!"=="bench" for /f "tokens=1" %%s in ("!rest!") do set "suite=%%~s"
if defined suite if "!suite:~0,1!"=="-" set "suite="
if defined suite set "rest=!rest! --home "!root!\.""
if defined suite for %%l in (!labs!) do call :make_ready lab-%%l || goto fail
if "!lab!"=="demo" for %%l in (!labs!) do call :make_ready lab-%%l || goto fail
call :make_ready !module! || goto fail

rem What the labs print is UTF-8, whatever the console's own code page is.
set "codepage="
for /f "tokens=2 delims=:." %%c in ('chcp') do set /a "codepage=%%c" 2>nul
if "!codepage!"=="65001" set "codepage="
if defined codepage chcp 65001 >nul 2>nul
"!java!" !options! -jar "!root!\!module!\target\!module!.jar" !rest!
set "status=!errorlevel!"
if defined codepage chcp !codepage! >nul 2>nul
goto end

:usage
echo Usage: lab ^<lab^> server^|client^|demo^|... [OPTIONS]     run a lab; lab ^<lab^> --help says more
echo        lab demo                                       run every lab on the sample input and compare
echo        lab compare ^<expected^> ^<actual^>                compare a transcript with the expected one
echo        lab capture interfaces^|record^|... [OPTIONS]    record packets, and see what is in a capture
echo        lab bench startup^|echo^|frames^|http^|... [--quick] measure the labs and their peers in turn
echo        lab help                                       this
echo.
echo Labs: !labs!
set "status=0"
goto end

rem A subroutine, because only there %%~dp0 is right when lab was found on the PATH and called in quotes.
:find_root
set "root=%~dp0"
exit /b 0

rem Checks that there is a java, and builds the module if its jar is missing. Where it fails, message says why.
:make_ready
if not exist "!java!" (
  set "message=no java found - install a JDK, 17 or newer"
  if defined JAVA_HOME set "message=JAVA_HOME has no bin\java.exe: !JAVA_HOME!"
  exit /b 1
)
if exist "!root!\%1\target\%1.jar" exit /b 0
set "message=%1 is not built, and building it needs Maven (mvn)"
set "maven="
for %%m in (mvn.cmd mvn.bat mvn.exe) do if not "%%~$PATH:m"=="" set "maven=%%m"
if not defined maven exit /b 1
set "message=cannot write to !root!, and %1 is not built there"
if not exist "!root!\target\" mkdir "!root!\target" 2>nul || exit /b 1
set "message=the build of %1 failed"
rem Two terminals may start at once: the second waits for the build of the first. The lock is the standard output of the
rem build: Windows lets only one process have a file open like this, and closes it however the process ends.
set "built="
set "waiting="
:lock
2>nul (>"!root!\target\lab.lock" echo off) && >"!root!\target\lab.lock" call :build %1
if defined built exit /b !built!
if not defined waiting >&2 echo lab: waiting for the build in another terminal ...
set "waiting=yes"
ping -n 2 127.0.0.1 >nul
goto lock

rem Sets built to the exit code of the build.
:build
set "built=0"
if exist "!root!\%1\target\%1.jar" exit /b 0
>&2 echo lab: building %1 (mvn package), this can take a minute the first time ...
pushd "!root!\"
rem Maven's own batch file must not inherit the delayed expansion, nor read what is piped to the lab.
setlocal DisableDelayedExpansion
call %maven% -B -q -pl %1 -am -DskipTests package >&2 <nul
endlocal & set "built=%errorlevel%"
popd
exit /b 0

:fail
>&2 echo error: !message!
rem The last line of the file is a program, not exit /b: only so do && and || behind lab see the exit code.
:end
cmd /d /c exit !status!
